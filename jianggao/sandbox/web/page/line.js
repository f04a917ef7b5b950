// The WebSocket to the sandbox: reconnects with a growing pause, hands every message on.

const token = document.querySelector('meta[name="sandbox-token"]').content;
const LONGEST_PAUSE = 8000;

/** The address of something the sandbox serves, with the token. */
export function address(path) {
  return `/sandbox/${path}?token=${encodeURIComponent(token)}`;
}

/** Opens the line. `hear(message)` gets each message, `changed(connected)` each change; gives a function that sends. */
export function openLine(hear, changed) {
  let socket = null;
  let pause = 500;

  function connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}${address("ws")}`);
    socket.addEventListener("open", () => {
      pause = 500;
      changed(true);
    });
    socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      changed(false);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }

  connect();
  return (wish) => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(wish));
    return true;
  };
}

// The WebSocket to the sandbox: connects again after a growing pause, and passes every update on.

const token = document.querySelector('meta[name="sandbox-token"]').content;
/** Milliseconds between two attempts. */
const LONGEST_PAUSE = 8000;

/** The address of something the sandbox serves, with the token. */
export function address(path) {
  return `/sandbox/${path}?token=${encodeURIComponent(token)}`;
}

/** Connects. Calls `receive` with each update and `changed` with each change; returns a function that sends a
 * command and returns whether it could be sent. */
export function openConnection(receive, changed) {
  let socket = null;
  let pause = 500;

  function connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}${address("ws")}`);
    socket.addEventListener("open", () => {
      pause = 500;
      changed(true);
    });
    socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      changed(false);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }

  connect();
  return (command) => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(command));
    return true;
  };
}

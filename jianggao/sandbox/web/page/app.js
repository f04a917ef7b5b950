// The page: draws personas, chats, messages and requests, and sends what is typed and clicked.

import { makeComposer } from "./composer.js";
import { avatar, byId, make, shortTime, toast } from "./elements.js";
import { moveByArrows, startLayout, togglePanel } from "./layout.js";
import { openConnection } from "./connection.js";
import { lastLine, messageItem } from "./messages.js";
import { makePanel } from "./panel.js";
import { chatNow, markAllRead, markRead, personaNow, state, unreadOf, visibleChats } from "./state.js";
import { drawTour } from "./tour.js";

/** Pixels from the end of the messages within which the page follows new ones. */
const NEAR_THE_END = 120;
const send = (command) => {
  const isSent = sendCommand(command);
  if (!isSent) toast("还没连上，稍等再发。");
  return isSent;
};
const panel = makePanel(state, send);
const composer = makeComposer({
  commands: () => state.commands,
  members: () =>
    chatNow()?.members?.filter((member) => member.account !== state.me) ?? [
      { account: state.bot.account, name: state.bot.name },
    ],
  bot: () => state.bot.name,
  send: (text, at, reply) => send({ do: "say", as: state.me, chat: state.chat, text, at, reply }),
  sendFile,
});
const sendCommand = openConnection(receive, (connected) => {
  byId("offline").hidden = connected;
});

// --- updates ---

/** Shows an update of the server; see `Director` in director.py. */
function receive(update) {
  const on = {
    state: () => {
      Object.assign(state, update);
      if (!state.personas.some((persona) => persona.account === state.me))
        state.me = state.personas.find((persona) => persona.role === "visitor")?.account;
      if (!visibleChats().some((chat) => chat.id === state.chat))
        state.chat = visibleChats().find((chat) => chat.about === "免费群")?.id ?? visibleChats()[0]?.id;
      for (const chat of state.chats) markAllRead(chat.id);
      drawAll();
    },
    message: () => receiveMessage(update.message),
    now: () => {
      state.now = update.now;
      panel.refresh("clock");
    },
    bot: () => {
      state.bot = update.bot;
      drawBot();
      panel.refresh("clock");
    },
    profile: () => {
      state.profile = update.profile;
      panel.refresh("clock");
    },
    chats: () => {
      state.chats = update.chats;
      drawChats();
      drawHead();
      panel.refresh("clock");
    },
    requests: () => {
      state.requests = update.requests;
      drawRequests();
    },
    faults: () => {
      state.faults.active = update.active;
      panel.refresh("faults");
    },
    wire: () => panel.receiveEntry(update.entry),
    broken: () => {
      state.broken.push(update.invariant);
      drawAlarm();
      panel.refresh("scenarios");
    },
    scenario: () => panel.showScenario(update.yaml),
    replayed: () => {
      state.replayed = update;
      panel.refresh("scenarios");
      toast(update.ok ? "场景演完，全部符合。" : "场景没有演通，见面板。");
    },
    error: () => toast(update.text),
  };
  on[update.type]?.();
}

function receiveMessage(message) {
  const known = (state.messages[message.chat] ??= []);
  const at = known.findIndex((other) => other.id === message.id);
  if (at >= 0) known[at] = message;
  else known.push(message);
  if (message.chat === state.chat) {
    markRead(message.chat);
    if (at >= 0) drawMessages();
    else appendMessage(message);
  }
  drawChats();
  drawPersonas();
}

// --- what is chosen ---

function choosePersona(account) {
  state.me = account;
  if (!visibleChats().some((chat) => chat.id === state.chat)) state.chat = visibleChats()[0]?.id;
  chooseChat(state.chat, false);
  drawPersonas();
  panel.refresh("clock");
}

function chooseChat(id, show = true) {
  state.chat = id;
  markRead(id);
  if (show) document.body.dataset.view = "chat";
  drawChats();
  drawPersonas();
  drawHead();
  drawMessages();
  drawRequests();
  panel.refresh("clock");
}

// --- drawing ---

function drawAll() {
  drawBot();
  drawAlarm();
  drawPersonas();
  drawChats();
  drawHead();
  drawMessages();
  drawRequests();
  drawTour(tryStep);
  panel.refresh("wire", "faults", "clock", "scenarios");
}

function drawBot() {
  const element = byId("bot-state");
  element.textContent = state.bot.connected ? "机器人在线" : state.bot.running ? "正在连接" : "机器人没运行";
  element.classList.toggle("up", Boolean(state.bot.connected));
}

function drawAlarm() {
  const element = byId("alarm");
  element.hidden = !state.broken.length;
  element.textContent = state.broken.length
    ? `违反了规矩（${state.broken.length}）：${state.broken.at(-1).what} —— ${state.broken.at(-1).detail}`
    : "";
}

function drawPersonas() {
  const focused = document.activeElement?.dataset?.account;
  byId("personas").replaceChildren(
    ...state.personas.map((persona, at) => {
      const unread = visibleChats(persona.account)
        .filter((chat) => chat.kind === "private")
        .reduce((sum, chat) => sum + unreadOf(persona.account, chat.id), 0);
      return make(
        "button",
        {
          type: "button",
          role: "radio",
          class: "persona",
          "aria-checked": String(persona.account === state.me),
          tabindex: persona.account === state.me ? 0 : -1,
          title: `${persona.about}（Alt+${at + 1}）`,
          "data-testid": `persona-${persona.account}`,
          "data-account": persona.account,
          onclick: () => choosePersona(persona.account),
        },
        avatar(persona.account, persona.name),
        make("span", { class: "who" }, persona.name),
        unread && persona.account !== state.me ? make("span", { class: "unread" }, String(unread)) : null,
      );
    }),
  );
  if (focused) document.querySelector(`[data-account="${focused}"]`)?.focus();
  byId("persona-label").textContent = `我是：${personaNow()?.about ?? ""}`;
}

function drawChats() {
  const focused = document.activeElement?.dataset?.chat;
  byId("chats").replaceChildren(
    ...visibleChats().map((chat) => {
      const last = (state.messages[chat.id] ?? []).at(-1);
      const unread = chat.id === state.chat ? 0 : unreadOf(state.me, chat.id);
      const button = make(
        "button",
        {
          type: "button",
          class: "chat",
          "aria-current": String(chat.id === state.chat),
          "data-testid": `chat-${chat.id}`,
          "data-chat": chat.id,
          onclick: () => {
            chooseChat(chat.id);
            composer.focus();
          },
        },
        avatar(chat.kind === "group" ? chat.id.slice(-2) : state.bot.account, chat.name),
        make(
          "span",
          { class: "lines" },
          make("div", { class: "name" }, chat.kind === "group" ? chat.name : `${chat.name}（私聊）`),
          make("div", { class: "last" }, last ? lastLine(last, state.me) : (chat.about ?? "")),
        ),
        make(
          "span",
          { class: "when" },
          last ? make("div", {}, shortTime(last.at, state.now).split(" ")[0]) : "",
          unread ? make("span", { class: "unread", "aria-label": `${unread} 条未读` }, String(unread)) : "",
        ),
      );
      return make("li", {}, button);
    }),
  );
  if (focused) document.querySelector(`[data-chat="${focused}"]`)?.focus();
}

function drawHead() {
  const chat = chatNow();
  byId("chat-name").textContent = chat ? chat.name : "正在布置……";
  const about =
    chat?.kind === "group"
      ? `${chat.about} · ${chat.members.length} 人${chat.muted ? " · 机器人被禁言" : ""}`
      : chat?.friend === false
        ? "还不是好友，发不了消息"
        : "私聊";
  byId("chat-about").textContent = chat ? about : "";
}

const hooks = () => ({
  mine: state.me,
  now: state.now,
  reply: composer.replyTo,
  open: (number) => composer.fill(`段落 ${number}`),
});

function drawMessages() {
  const messages = state.messages[state.chat] ?? [];
  byId("messages").replaceChildren(...messages.map((message) => messageItem(message, hooks())));
  if (!messages.length)
    byId("messages").append(
      make("li", { class: "empty" }, "还没有消息。打一个主题试试，比如“检索 乡村振兴”。"),
    );
  toTheEnd();
}

function appendMessage(message) {
  const list = byId("messages");
  const wasNear = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END;
  list.querySelector(".empty")?.remove();
  list.append(messageItem(message, hooks()));
  if (wasNear || message.sender === state.me) toTheEnd();
  else byId("newest").hidden = false;
}

function toTheEnd() {
  byId("messages").scrollTop = byId("messages").scrollHeight;
  byId("newest").hidden = true;
}

function drawRequests() {
  const open = state.requests.filter((request) => `group:${request.group}` === state.chat);
  byId("requests").hidden = !open.length;
  byId("requests").replaceChildren(
    ...open.map((request) =>
      make(
        "div",
        {},
        make("span", {}, `${request.name} 申请入群：${request.comment || "（没有留言）"}`),
        make(
          "button",
          {
            type: "button",
            onclick: () => send({ do: "answer_request", flag: request.flag, approve: true }),
          },
          "同意",
        ),
        make(
          "button",
          {
            type: "button",
            onclick: () => send({ do: "answer_request", flag: request.flag, approve: false }),
          },
          "拒绝",
        ),
      ),
    ),
  );
}

function tryStep(step, at) {
  choosePersona(step.as);
  chooseChat(step.chat);
  send({ do: "say", as: step.as, chat: step.chat, text: step.say, at: [], reply: null });
  state.done.add(at);
  drawTour(tryStep);
}

// --- doing ---

function sendFile(file) {
  const reader = new FileReader();
  reader.addEventListener("load", () =>
    send({
      do: "file",
      as: state.me,
      chat: state.chat,
      name: file.name,
      content: reader.result.split(",")[1] ?? "",
    }),
  );
  reader.readAsDataURL(file);
}

byId("back").addEventListener("click", () => {
  document.body.dataset.view = "list";
});
byId("show-tour").addEventListener("click", () => {
  localStorage.removeItem("tour");
  document.body.dataset.view = "chat";
  drawTour(tryStep);
});
byId("newest").addEventListener("click", toTheEnd);
byId("messages").addEventListener("scroll", () => {
  const list = byId("messages");
  if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END) byId("newest").hidden = true;
});
byId("dialog-close").addEventListener("click", () => byId("dialog").close());
moveByArrows(byId("chats"), "button", { ArrowDown: 1, ArrowUp: -1 });
moveByArrows(byId("personas"), "button", { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 });
document.addEventListener("keydown", (event) => {
  const at = event.altKey ? Number(event.key) : 0;
  if (at >= 1 && at <= state.personas.length) {
    choosePersona(state.personas[at - 1].account);
    composer.focus();
    event.preventDefault();
  }
  if (event.key === "Escape" && innerWidth <= 1080 && !byId("dialog").open) togglePanel(false);
});
startLayout();

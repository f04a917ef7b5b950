// The page: conversations, personas, messages, and what changes them.

import { makeComposer } from "./composer.js";
import { avatar, byId, make, shortTime, toast } from "./elements.js";
import { openLine } from "./line.js";
import { messageItem } from "./messages.js";
import { makePanel } from "./panel.js";

const NEAR_THE_END = 120;
const state = {
  now: "",
  bot: {},
  profile: "",
  profiles: [],
  personas: [],
  chats: [],
  messages: {},
  requests: [],
  commands: [],
  faults: { available: [], active: [] },
  broken: [],
  wire: [],
  tour: [],
  me: null,
  chat: null,
  read: {},
  done: new Set(),
};

const send = (wish) => {
  const went = speak(wish);
  if (!went) toast("还没连上，稍等再发。");
  return went;
};
const panel = makePanel(state, send);
const composer = makeComposer({
  commands: () => state.commands,
  members: () =>
    chatNow()?.members?.filter((one) => one.account !== state.me) ?? [
      { account: state.bot.account, name: state.bot.name },
    ],
  bot: () => state.bot.name,
  send: (text, at, reply) => send({ do: "say", as: state.me, chat: state.chat, text, at, reply }),
  sendFile,
});
const speak = openLine(hear, (connected) => {
  byId("offline").hidden = connected;
});

// --- hearing ---------------------------------------------------------------------------------------------------

function hear(what) {
  const on = {
    state: () => {
      Object.assign(state, what);
      if (!state.personas.some((one) => one.account === state.me))
        state.me = state.personas.find((one) => one.role === "visitor")?.account;
      if (!visibleChats().some((one) => one.id === state.chat))
        state.chat = visibleChats().find((one) => one.about === "免费群")?.id ?? visibleChats()[0]?.id;
      for (const chat of state.chats) markAllRead(chat.id);
      drawAll();
    },
    message: () => heardMessage(what.message),
    now: () => {
      state.now = what.now;
      panel.refresh("clock");
    },
    bot: () => {
      state.bot = what.bot;
      drawBot();
      panel.refresh("clock");
    },
    profile: () => {
      state.profile = what.profile;
      panel.refresh("clock");
    },
    chats: () => {
      state.chats = what.chats;
      drawChats();
      drawHead();
    },
    requests: () => {
      state.requests = what.requests;
      drawRequests();
    },
    faults: () => {
      state.faults.active = what.active;
      panel.refresh("faults");
    },
    wire: () => panel.heard(what.entry),
    broken: () => {
      state.broken.push(what.invariant);
      drawAlarm();
      panel.refresh("scenarios");
    },
    scenario: () => panel.saved(what.yaml),
    replayed: () => {
      state.replayed = what;
      panel.refresh("scenarios");
      toast(what.ok ? "场景演完，全部符合。" : "场景没有演通，见面板。");
    },
    error: () => toast(what.text),
  };
  on[what.type]?.();
}

function heardMessage(message) {
  const known = (state.messages[message.chat] ??= []);
  const at = known.findIndex((one) => one.id === message.id);
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

// --- what is chosen --------------------------------------------------------------------------------------------

const chatNow = () => state.chats.find((one) => one.id === state.chat);
const personaNow = () => state.personas.find((one) => one.account === state.me);

/** The groups one is in, and one's own private chat with the bot. */
function visibleChats(account = state.me) {
  return state.chats.filter((chat) =>
    chat.kind === "group" ? chat.members.some((one) => one.account === account) : chat.person === account,
  );
}

const unreadOf = (account, chat) =>
  (state.messages[chat] ?? [])
    .slice(state.read[`${account} ${chat}`] ?? 0)
    .filter((one) => one.sender !== account).length;
function markRead(chat) {
  state.read[`${state.me} ${chat}`] = (state.messages[chat] ?? []).length;
}
function markAllRead(chat) {
  for (const one of state.personas)
    state.read[`${one.account} ${chat}`] = (state.messages[chat] ?? []).length;
}

function choosePersona(account) {
  state.me = account;
  if (!visibleChats().some((one) => one.id === state.chat)) state.chat = visibleChats()[0]?.id;
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

// --- drawing ---------------------------------------------------------------------------------------------------

function drawAll() {
  drawBot();
  drawAlarm();
  drawPersonas();
  drawChats();
  drawHead();
  drawMessages();
  drawRequests();
  drawTour();
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
    ...state.personas.map((one, at) => {
      const unread = visibleChats(one.account)
        .filter((chat) => chat.kind === "private")
        .reduce((sum, chat) => sum + unreadOf(one.account, chat.id), 0);
      return make(
        "button",
        {
          type: "button",
          role: "radio",
          class: "persona",
          "aria-checked": String(one.account === state.me),
          tabindex: one.account === state.me ? 0 : -1,
          title: `${one.about}（Alt+${at + 1}）`,
          "data-testid": `persona-${one.account}`,
          "data-account": one.account,
          onclick: () => choosePersona(one.account),
        },
        avatar(one.account, one.name),
        make("span", { class: "who" }, one.name),
        unread && one.account !== state.me ? make("span", { class: "unread" }, String(unread)) : null,
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
          make("div", { class: "last" }, last ? lastLine(last) : (chat.about ?? "")),
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

function lastLine(message) {
  const words = message.parts
    .map(
      (part) =>
        ({
          text: part.text,
          at: `@${part.name}`,
          file: `［文件］${part.name}`,
          forward: "［聊天记录］",
          image: "［图片］",
        })[part.type] ?? "",
    )
    .join(" ");
  return `${message.sender === state.me ? "" : `${message.name}：`}${words.split("\n")[0]}`;
}

function drawHead() {
  const chat = chatNow();
  byId("chat-name").textContent = chat ? chat.name : "正在布置……";
  const told =
    chat?.kind === "group"
      ? `${chat.about} · ${chat.members.length} 人${chat.muted ? " · 机器人被禁言" : ""}`
      : chat?.friend === false
        ? "还不是好友，发不了消息"
        : "私聊";
  byId("chat-about").textContent = chat ? told : "";
}

const hooks = () => ({
  mine: state.me,
  now: state.now,
  reply: composer.replyTo,
  open: (number) => composer.fill(`段落 ${number}`),
});

function drawMessages() {
  const messages = state.messages[state.chat] ?? [];
  byId("messages").replaceChildren(...messages.map((one) => messageItem(one, hooks())));
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
  const open = state.requests.filter((one) => `group:${one.group}` === state.chat);
  byId("requests").hidden = !open.length;
  byId("requests").replaceChildren(
    ...open.map((one) =>
      make(
        "div",
        {},
        make("span", {}, `${one.name} 申请入群：${one.comment || "（没有留言）"}`),
        make(
          "button",
          { type: "button", onclick: () => send({ do: "answer_request", flag: one.flag, approve: true }) },
          "同意",
        ),
        make(
          "button",
          { type: "button", onclick: () => send({ do: "answer_request", flag: one.flag, approve: false }) },
          "拒绝",
        ),
      ),
    ),
  );
}

function drawTour() {
  const tour = byId("tour");
  tour.hidden = !state.tour.length || localStorage.getItem("tour") === "closed";
  tour.replaceChildren(
    make(
      "header",
      {},
      "先试三件事",
      make(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": "收起导览",
          onclick: () => {
            localStorage.setItem("tour", "closed");
            drawTour();
          },
        },
        "✕",
      ),
    ),
    make(
      "ol",
      {},
      ...state.tour.map((step, at) =>
        make(
          "li",
          { class: state.done.has(at) ? "done" : "" },
          make(
            "button",
            { type: "button", "data-testid": `tour-step-${at + 1}`, onclick: () => tryStep(step, at) },
            `${at + 1}. ${step.title}`,
          ),
          make("span", {}, step.about),
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
  drawTour();
}

// --- doing -----------------------------------------------------------------------------------------------------

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

function togglePanel(open) {
  document.querySelector(".app").classList.toggle("with-panel", open);
  byId("open-panel").setAttribute("aria-expanded", String(open));
}

function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

byId("open-panel").addEventListener("click", () =>
  togglePanel(!document.querySelector(".app").classList.contains("with-panel")),
);
byId("close-panel").addEventListener("click", () => {
  togglePanel(false);
  byId("open-panel").focus();
});
byId("back").addEventListener("click", () => {
  document.body.dataset.view = "list";
});
byId("show-tour").addEventListener("click", () => {
  localStorage.removeItem("tour");
  document.body.dataset.view = "chat";
  drawTour();
});
byId("newest").addEventListener("click", toTheEnd);
byId("messages").addEventListener("scroll", () => {
  const list = byId("messages");
  if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END) byId("newest").hidden = true;
});
byId("dialog-close").addEventListener("click", () => byId("dialog").close());
byId("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  useTheme(dark ? "light" : "dark");
});
if (localStorage.getItem("theme")) useTheme(localStorage.getItem("theme"));

/** Arrow keys move inside a list of buttons. */
function arrows(container, selector, keys) {
  container.addEventListener("keydown", (event) => {
    const step = keys[event.key];
    if (!step) return;
    const buttons = [...container.querySelectorAll(selector)];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next?.focus();
    event.preventDefault();
  });
}
arrows(byId("chats"), "button", { ArrowDown: 1, ArrowUp: -1 });
arrows(byId("personas"), "button", { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 });
document.addEventListener("keydown", (event) => {
  const at = event.altKey ? Number(event.key) : 0;
  if (at >= 1 && at <= state.personas.length) {
    choosePersona(state.personas[at - 1].account);
    composer.focus();
    event.preventDefault();
  }
  if (event.key === "Escape" && innerWidth <= 1080 && !byId("dialog").open) togglePanel(false);
});
if (innerWidth > 1200) togglePanel(true);

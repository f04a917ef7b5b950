// How messages look: bubbles, quotations, files, forwards that open.

import { address } from "./connection.js";
import { avatar, make, shortTime, showDialog, toast } from "./elements.js";

const NUMBER = /(^|\n)(\d+\.\d+)(?=[《　\s])/g;

/** A message as a list item. `hooks` has `mine`, `now`, `reply(message)`, `open(number)`. */
export function messageItem(message, hooks) {
  const mine = message.sender === hooks.mine;
  const body = make(
    "div",
    { class: "body" },
    make(
      "div",
      { class: "meta" },
      make("span", {}, message.name),
      make("time", { datetime: message.at }, shortTime(message.at, hooks.now)),
      make(
        "button",
        {
          type: "button",
          class: "quiet reply-button",
          "aria-label": `回复${message.name}`,
          onclick: () => hooks.reply(message),
        },
        "回复",
      ),
    ),
  );
  const texts = message.parts.filter((part) => part.type === "text" || part.type === "at");
  if (message.recalled) body.append(make("div", { class: "bubble" }, "这条消息撤回了"));
  else {
    if (texts.length || message.reply) body.append(bubble(message, texts, hooks, mine));
    for (const part of message.parts) {
      const card = cardOf(part);
      if (card) body.append(card);
    }
  }
  const classes = ["message", mine ? "mine" : "", message.recalled ? "recalled" : ""].join(" ").trim();
  return make(
    "li",
    { class: classes, "data-testid": `message-${message.id}`, "data-sender": message.sender },
    avatar(message.sender, message.name),
    body,
  );
}

function bubble(message, texts, hooks, mine) {
  const element = make("div", { class: "bubble" });
  if (message.reply)
    element.append(make("span", { class: "quote" }, `${message.reply.name}：${message.reply.text}`));
  for (const part of texts) {
    if (part.type === "at") element.append(make("span", { class: "at" }, `@${part.name} `));
    else if (mine) element.append(part.text);
    else appendText(element, part.text, hooks);
  }
  return element;
}

/** The bot's text: numbers of sections open them, 【words】 stand out. */
function appendText(element, text, hooks) {
  let from = 0;
  for (const found of text.matchAll(NUMBER)) {
    const start = found.index + found[1].length;
    appendMarked(element, text.slice(from, start));
    element.append(
      make(
        "button",
        { type: "button", class: "number", title: "看这一段", onclick: () => hooks.open(found[2]) },
        found[2],
      ),
    );
    from = start + found[2].length;
  }
  appendMarked(element, text.slice(from));
}

function appendMarked(element, text) {
  text
    .split(/【([^【】]{1,40})】/)
    .forEach((piece, at) => element.append(at % 2 ? make("mark", {}, piece) : piece));
}

function cardOf(part) {
  if (part.type === "file") {
    const link = make("a", {
      class: "card",
      href: address(`file/${part.file}`),
      download: part.name,
      "data-testid": "file-link",
    });
    link.append(
      make("span", { class: "icon", "aria-hidden": "true" }, "文"),
      make(
        "span",
        {},
        make("strong", {}, part.name),
        make("small", {}, `${(part.size / 1024).toFixed(1)} KB，点击下载`),
      ),
    );
    return link;
  }
  if (part.type === "forward") {
    return make(
      "button",
      { type: "button", class: "card", "data-testid": "forward-card", onclick: () => openForward(part) },
      make("span", { class: "icon", "aria-hidden": "true" }, "录"),
      make(
        "span",
        {},
        make("strong", {}, `${part.title}（${part.count} 条）`),
        ...part.preview.map((line) => make("small", {}, line)),
      ),
    );
  }
  if (part.type === "image") return make("div", { class: "bubble" }, `［图片］${part.name}`);
  if (part.type === "notice") return make("p", { class: "empty" }, part.text);
  return null;
}

async function openForward(part) {
  const answer = await fetch(address(`forward/${part.forward}`));
  if (!answer.ok) {
    toast("这份聊天记录打不开了。");
    return;
  }
  const { title, nodes } = await answer.json();
  showDialog(
    title,
    "forward-dialog",
    ...nodes.map((node) => make("div", { class: "node" }, make("small", {}, node.name), node.text)),
  );
}

/** A message in one line, for the list of chats; `me` needs no name. */
export function lastLine(message, me) {
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
  return `${message.sender === me ? "" : `${message.name}：`}${words.split("\n")[0]}`;
}

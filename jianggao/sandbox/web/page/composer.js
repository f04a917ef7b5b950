// Writing: suggestions for commands and people, replies, files.

import { byId, make } from "./elements.js";

const SUGGESTION_LIMIT = 8;

/** The composer. `hooks`: `commands()`, `members()`, `send(text, at, reply)`, `sendFile(file)`, `bot()`. */
export function makeComposer(hooks) {
  const input = byId("composer");
  const list = byId("suggestions");
  const replying = byId("replying");
  let reply = null;
  let choices = [];
  let chosen = -1;

  function suggest() {
    const text = input.value;
    const named = /(?:^|\s)@(\S*)$/.exec(text);
    if (named) {
      choices = hooks
        .members()
        .filter((member) => member.name.includes(named[1]))
        .map((member) => ({
          label: `@${member.name}`,
          about: member.about ?? "",
          take: `${text.slice(0, text.length - named[1].length)}${member.name} `,
        }));
    } else {
      const word = text.replace(/^\//, "").trimStart();
      const isFirst = word && !/\s/.test(word);
      choices = isFirst
        ? hooks
            .commands()
            .filter((command) => command.word.startsWith(word) && command.word !== word)
            .map((command) => ({
              label: command.usage,
              about: command.summary,
              take: `${command.word} `,
            }))
        : [];
    }
    choices = choices.slice(0, SUGGESTION_LIMIT);
    chosen = choices.length ? 0 : -1;
    draw();
  }

  function draw() {
    list.hidden = !choices.length;
    input.setAttribute("aria-expanded", String(choices.length > 0));
    list.replaceChildren(
      ...choices.map((choice, at) =>
        make(
          "li",
          {
            role: "option",
            id: `choice-${at}`,
            "aria-selected": String(at === chosen),
            onmousedown: (event) => {
              event.preventDefault();
              take(at);
            },
          },
          make("strong", {}, choice.label),
          make("span", {}, choice.about),
        ),
      ),
    );
    if (chosen >= 0) input.setAttribute("aria-activedescendant", `choice-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(at) {
    input.value = choices[at].take;
    choices = [];
    draw();
    input.focus();
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, 160)}px`;
  }

  function submit() {
    const text = input.value.trim();
    if (!text) return;
    const at = [];
    let rest = text;
    for (const member of hooks.members()) {
      if (rest.includes(`@${member.name}`)) {
        at.push(member.account);
        rest = rest.replaceAll(`@${member.name}`, "");
      }
    }
    if (!hooks.send(rest.trim(), at, reply?.id ?? null)) return;
    input.value = "";
    replyTo(null);
    choices = [];
    draw();
    grow();
  }

  function replyTo(message) {
    reply = message;
    replying.hidden = !message;
    replying.replaceChildren();
    if (!message) return;
    replying.append(
      make("span", {}, `回复 ${message.name}`),
      make(
        "button",
        { type: "button", class: "quiet", "aria-label": "不回复了", onclick: () => replyTo(null) },
        "✕",
      ),
    );
    input.focus();
  }

  input.addEventListener("input", () => {
    suggest();
    grow();
  });
  input.addEventListener("blur", () => {
    choices = [];
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (choices.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + choices.length) % choices.length;
      draw();
      event.preventDefault();
    } else if (choices.length && event.key === "Tab" && !event.shiftKey) {
      take(chosen);
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (choices.length) {
        choices = [];
        draw();
      } else replyTo(null);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  byId("composer-form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  byId("mention").addEventListener("click", () => {
    input.value = `@${hooks.bot()} ${input.value}`;
    input.focus();
  });
  byId("attach").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", (event) => {
    for (const file of event.target.files) hooks.sendFile(file);
    event.target.value = "";
  });
  const talk = document.querySelector(".talk");
  talk.addEventListener("dragover", (event) => {
    event.preventDefault();
    talk.classList.add("dropping");
  });
  talk.addEventListener("dragleave", () => talk.classList.remove("dropping"));
  talk.addEventListener("drop", (event) => {
    event.preventDefault();
    talk.classList.remove("dropping");
    for (const file of event.dataTransfer.files) hooks.sendFile(file);
  });

  return {
    replyTo,
    fill: (text) => {
      input.value = text;
      grow();
      input.focus();
    },
    focus: () => input.focus(),
  };
}

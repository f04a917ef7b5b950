// The panel beside the chat: the wire log, faults, the clock and the bot, scenarios.

import { byId, make, showDialog, toast } from "./elements.js";

const KINDS = { event: "事件", action: "调用", answer: "回答" };
const ENTRY_LIMIT = 500;

/** The panel's tabs over `state`; `send` sends a command. */
export function makePanel(state, send) {
  const body = byId("tab-body");
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const shown = new Set(Object.keys(KINDS));
  let current = "wire";

  const draw = { wire: drawWire, faults: drawFaults, clock: drawClock, scenarios: drawScenarios };

  function choose(name) {
    current = name;
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
      tab.tabIndex = tab.dataset.tab === name ? 0 : -1;
    }
    body.replaceChildren();
    draw[name]();
  }

  function drawWire() {
    const filters = make(
      "div",
      { class: "row" },
      ...Object.entries(KINDS).map(([kind, name]) => {
        const box = make("input", {
          type: "checkbox",
          checked: shown.has(kind),
          onchange: () => {
            shown[box.checked ? "add" : "delete"](kind);
            choose("wire");
          },
        });
        return make("label", {}, box, ` ${name}`);
      }),
    );
    const list = make(
      "div",
      { id: "wire", "data-testid": "wire" },
      ...state.wire
        .filter((entry) => shown.has(entry.kind))
        .map(wireEntry)
        .reverse(),
    );
    body.append(filters, list);
    if (!list.childElementCount)
      list.append(make("p", { class: "empty" }, "机器人和 QQ 之间说的每句话都会列在这里。"));
  }

  function wireEntry(entry) {
    return make(
      "details",
      { class: "wire-entry" },
      make(
        "summary",
        {},
        make("span", { class: "dir" }, entry.direction === "to_bot" ? "→" : "←"),
        make("span", { class: "what" }, `${KINDS[entry.kind]} ${entry.name}`),
        make("time", {}, entry.at.slice(11, 19)),
      ),
      make("pre", {}, entry.text),
    );
  }

  function drawFaults() {
    body.append(make("p", {}, "选一种，下面几次发送就会碰上。"));
    for (const kind of state.faults.available) {
      const active = state.faults.active.filter((fault) => fault.name === kind.name);
      const count = make("input", { type: "number", min: 1, max: 100, value: 1, "aria-label": "次数" });
      const value = make("input", {
        type: "number",
        min: 0,
        max: 1000,
        value: kind.name === "result" ? 120 : 5,
        "aria-label": kind.needs_value || "数值",
      });
      body.append(
        make(
          "div",
          { class: active.length ? "fault active" : "fault" },
          make("div", {}, kind.about),
          make(
            "div",
            { class: "row" },
            count,
            " 次",
            kind.needs_value ? value : null,
            kind.needs_value || null,
            make(
              "button",
              {
                type: "button",
                "data-testid": `fault-${kind.name}`,
                onclick: () =>
                  send({
                    do: "fault",
                    name: kind.name,
                    count: Number(count.value),
                    value: Number(value.value),
                  }),
              },
              "来一个",
            ),
            active.length
              ? make("strong", {}, `还剩 ${active.reduce((sum, fault) => sum + fault.left, 0)} 次`)
              : null,
          ),
        ),
      );
    }
    body.append(
      make("button", { type: "button", onclick: () => send({ do: "clear_faults" }) }, "全部恢复正常"),
    );
  }

  function drawClock() {
    const span = (label, days, testid) =>
      make(
        "button",
        { type: "button", "data-testid": testid, onclick: () => send({ do: "advance", days }) },
        label,
      );
    const act = (label, name) =>
      make("button", { type: "button", onclick: () => send({ do: "bot", act: name }) }, label);
    const profile = make(
      "select",
      { "aria-label": "模拟哪个实现", onchange: () => send({ do: "profile", name: profile.value }) },
      ...state.profiles.map((profile) =>
        make("option", { value: profile.name, selected: profile.name === state.profile }, profile.name),
      ),
    );
    body.append(
      make("h3", {}, "现在"),
      make("p", { class: "now", id: "now", "data-testid": "now" }, state.now.slice(0, 19).replace("T", " ")),
      make(
        "div",
        { class: "row" },
        span("过一小时", 1 / 24, "advance-hour"),
        span("过一天", 1, "advance-day"),
        span("过一周", 7, "advance-week"),
        span("过一年", 365, "advance-year"),
      ),
      make("h3", {}, "机器人"),
      make("p", {}, state.bot.running ? (state.bot.connected ? "在线" : "在运行，没连上") : "没有运行"),
      make(
        "div",
        { class: "row" },
        act("启动", "start"),
        act("停止", "stop"),
        act("强行结束", "kill"),
        act("重启", "restart"),
        act("断一次线", "disconnect"),
      ),
      make("h3", {}, "模拟哪个实现"),
      profile,
      make("p", {}, state.profiles.find((profile) => profile.name === state.profile)?.about ?? ""),
      make("h3", {}, "这个群"),
      make("div", { class: "row" }, ...groupActs()),
      make("h3", {}, "我没进的群"),
      make("div", { class: "row" }, ...joinActs()),
      make("h3", {}, "我和机器人"),
      make(
        "div",
        { class: "row" },
        make(
          "button",
          { type: "button", onclick: () => send({ do: "befriend", as: state.me, friend: true }) },
          "加为好友",
        ),
        make(
          "button",
          { type: "button", onclick: () => send({ do: "befriend", as: state.me, friend: false }) },
          "删除好友",
        ),
      ),
    );
  }

  function groupActs() {
    const chat = state.chats.find((chat) => chat.id === state.chat);
    if (chat?.kind !== "group") return ["（私聊里没有）"];
    const group = chat.id.slice(6);
    return [
      make(
        "button",
        { type: "button", onclick: () => send({ do: "mute", group, seconds: 600 }) },
        "把机器人禁言十分钟",
      ),
      make("button", { type: "button", onclick: () => send({ do: "mute", group, seconds: 0 }) }, "解除禁言"),
    ];
  }

  /** Asking to be let into the groups that the persona isn't in, with an answer to the group's question. */
  function joinActs() {
    const others = state.chats.filter(
      (chat) => chat.kind === "group" && !chat.members.some((member) => member.account === state.me),
    );
    if (!others.length) return ["（都在里面了）"];
    const comment = make("input", {
      type: "text",
      "aria-label": "入群问题的回答",
      "data-testid": "join-comment",
      placeholder: "入群问题的回答，可以是卡密",
    });
    return [
      comment,
      ...others.map((chat) => {
        const group = chat.id.slice(6);
        return make(
          "button",
          {
            type: "button",
            "data-testid": `join-${group}`,
            onclick: () => send({ do: "join", as: state.me, group, comment: comment.value }),
          },
          `申请进“${chat.name}”`,
        );
      }),
    ];
  }

  function drawScenarios() {
    const yaml = make("textarea", {
      "aria-label": "场景（YAML）",
      spellcheck: "false",
      placeholder: "把场景贴在这里，点“演一遍”。",
    });
    yaml.value = state.draft ?? "";
    yaml.addEventListener("input", () => {
      state.draft = yaml.value;
    });
    body.append(
      make("p", {}, "刚才做过的事可以存成场景，以后一键重演；命令行里用 scenario 文件 来演。"),
      make(
        "div",
        { class: "row" },
        make(
          "button",
          { type: "button", "data-testid": "save-scenario", onclick: () => send({ do: "save" }) },
          "存成场景",
        ),
        make("button", { type: "button", onclick: () => send({ do: "reset" }) }, "清空聊天"),
      ),
      yaml,
      make(
        "button",
        {
          type: "button",
          "data-testid": "replay",
          onclick: () => {
            if (!yaml.value.trim()) toast("先贴一个场景。");
            else send({ do: "replay", yaml: yaml.value });
          },
        },
        "演一遍",
      ),
      state.replayed
        ? make(
            "pre",
            { "data-testid": "replayed" },
            `${state.replayed.ok ? "✓ 全部符合" : "✗ 和场景不符"}\n${state.replayed.log}`,
          )
        : "",
    );
    if (state.broken.length)
      body.append(
        make("h3", {}, "违反的规矩"),
        ...state.broken.map((violation) => make("p", {}, `${violation.what}：${violation.detail}`)),
      );
  }

  /** Shows a recorded scenario, to be copied or downloaded. */
  function showScenario(text) {
    const area = make("textarea", { readonly: true, "aria-label": "场景", "data-testid": "scenario-text" });
    area.value = text;
    const link = make(
      "a",
      {
        class: "card",
        download: "scenario.yaml",
        href: `data:text/yaml;charset=utf-8,${encodeURIComponent(text)}`,
      },
      "下载 scenario.yaml",
    );
    const copy = make(
      "button",
      {
        type: "button",
        onclick: async () => {
          area.select();
          try {
            await navigator.clipboard.writeText(text);
            toast("已复制");
          } catch {
            toast("按 Ctrl-C 复制");
          }
        },
      },
      "复制",
    );
    state.draft = text;
    showDialog("存好的场景", "scenario-dialog", area, make("div", { class: "row" }, copy, link));
  }

  /** Adds an entry to the log of the connection. */
  function receiveEntry(entry) {
    state.wire.push(entry);
    if (state.wire.length > ENTRY_LIMIT) state.wire.shift();
    if (current !== "wire" || !shown.has(entry.kind) || !byId("wire")) return;
    byId("wire").querySelector(".empty")?.remove();
    byId("wire").prepend(wireEntry(entry));
    if (byId("wire").childElementCount > ENTRY_LIMIT) byId("wire").lastElementChild.remove();
  }

  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab.dataset.tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      choose(next.dataset.tab);
      next.focus();
    });
  }
  choose(current);
  return {
    refresh: (...names) => {
      if (names.includes(current)) choose(current);
    },
    receiveEntry,
    showScenario,
  };
}

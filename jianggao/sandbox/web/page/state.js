// What the page knows: the simulation as the server describes it, and what is chosen and read here.

export const state = {
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
  // The account that writes, and the chat that is shown.
  me: null,
  chat: null,
  // How many messages each account has seen, by "account chat".
  read: {},
  // The steps of the tour that were tried.
  done: new Set(),
};

/** The chat that is shown. */
export const chatNow = () => state.chats.find((chat) => chat.id === state.chat);
/** The persona who writes. */
export const personaNow = () => state.personas.find((persona) => persona.account === state.me);

/** The groups that an account is in, and its private chat with the bot. */
export function visibleChats(account = state.me) {
  return state.chats.filter((chat) =>
    chat.kind === "group"
      ? chat.members.some((member) => member.account === account)
      : chat.person === account,
  );
}

/** How many messages of others an account has not seen in a chat. */
export const unreadOf = (account, chat) =>
  (state.messages[chat] ?? [])
    .slice(state.read[`${account} ${chat}`] ?? 0)
    .filter((message) => message.sender !== account).length;

/** The persona who writes has seen everything in a chat. */
export function markRead(chat) {
  state.read[`${state.me} ${chat}`] = (state.messages[chat] ?? []).length;
}

/** Every persona has seen everything in a chat. */
export function markAllRead(chat) {
  for (const persona of state.personas)
    state.read[`${persona.account} ${chat}`] = (state.messages[chat] ?? []).length;
}

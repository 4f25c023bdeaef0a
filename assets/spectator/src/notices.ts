// Texts for the notices of the server.

export interface Message {
  text: string;
  tone: "quiet" | "good" | "bad";
}

type Wording = (reason: string) => Message | undefined;

const silent: Wording = () => undefined;
const text =
  (start: string, tone: Message["tone"] = "quiet"): Wording =>
  (reason) => ({ text: reason ? `${start}: ${reason}` : `${start}.`, tone });

const WORDINGS: Record<string, Wording> = {
  WAITING_FOR_ACK: silent,
  ACK_CLEARED: silent,
  SIMULATION_STOPPED: text("Stopped"),
  CONVERGED: text("Converged: the forces are below the threshold", "good"),
  STRUCTURE_CHANGED: text("The structure has changed"),
  IDLE_WAITING_FOR_GEOMETRY: text("Waiting for atoms"),
  COMPUTE_ERROR: text("The forces could not be computed", "bad"),
  CALCULATOR_NOT_SUPPORTED: text("The server does not have this potential", "bad"),
  PROTO_VIOLATION: text("The server rejected a message of this page", "bad"),
  REFUSED: text("Refused", "bad"),
  LOOK_BACK_ENDED: text("Following again"),
  ROOM_CREATED: text("Room created"),
  EXTERNAL: (reason) => ({ text: sentence(reason), tone: "quiet" }),
  MISSED: silent,
  LIMIT: text("Limit exceeded", "bad"),
  FORBIDDEN: (reason) => ({ text: reason ? sentence(reason) : "You may only watch.", tone: "bad" }),
};

function sentence(reason: string): string {
  const first = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

// Text of a notice (KEYWORD, or KEYWORD: reason); undefined for those that are not shown.
export function describeNotice(message: string): Message | undefined {
  const found = /^([A-Z][A-Z0-9_]*)(?::\s*(.*))?$/s.exec(message.trim());
  if (!found) return message.trim() ? { text: sentence(message.trim()), tone: "quiet" } : undefined;
  const [, keyword = "", reason = ""] = found;
  const wording = WORDINGS[keyword];
  if (wording) return wording(reason.trim());
  const plain = keyword.toLowerCase().replaceAll("_", " ");
  return { text: sentence(reason.trim() || plain), tone: "bad" };
}

// Text for the close code and reason of a connection.
export function closeReason(code: number, reason: string): string {
  const text = reason ? describeNotice(reason)?.text : undefined;
  if (text) return text;
  if (code === 1008) return "The server has closed the connection: access was refused, or you were removed.";
  if (code === 1013) return "The server is full. Try again later.";
  if (code === 1009) return "A message exceeded the size limit of the server.";
  if (code === 1001) return "The server is shutting down.";
  return "The connection was lost.";
}

import { type Answer, refused } from '../answers.ts';
import { choiceFindings, messageFindings, modalFindings } from '../check-limits.ts';
import { type Call, isJson, type Json, type Play, type World } from '../world.ts';
import { invalidBody, jsonOf, ok, partOf, succeeded } from './answer-body.ts';
import { keepUploads } from './keep-uploads.ts';
import { isEphemeral, notePings } from './messages.ts';

/** Kinds of answers to an interaction. */
export const callbackType = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
};

/** The first answer to an interaction: kept for the people who look at it. */
export const answerInteraction: Play = async (call, world, next) => {
  const [interaction, token] = [partOf(call.path, 1), partOf(call.path, 2)];
  const asked = jsonOf(call.body);
  const data = jsonOf(asked.data);
  const known = world.interactions.get(token);
  const wrong = invalidBody(findingsOf(Number(asked.type), data, call.uploads.length));
  if (wrong) return wrong;
  const answer = await next();
  if (!succeeded(answer)) return answer;
  const ms = performance.now() - (known?.at ?? 0);
  if (known && asked.type === callbackType.deferredMessage) known.deferredFlags = Number(data.flags ?? 0);
  if (asked.type === callbackType.deferredMessage) await detach(world, interaction);
  if (asked.type === callbackType.message) await present(world, token, call, interaction, data);
  world.callbacks.push({ interaction, type: Number(asked.type), data, ms });
  return answer;
};

function findingsOf(type: number, data: Json, uploads: number): readonly string[] {
  if (type === callbackType.modal) return modalFindings(data);
  if (type === callbackType.choices) return choiceFindings(data);
  return type === callbackType.message ? messageFindings(data, uploads) : [];
}

/** A deferred reply is a message of its own; the server would write it over the message with the button. */
const detach = ({ twin }: World, interactionId: string) =>
  twin.prisma.interactionResponse.update({ where: { interactionId }, data: { messageId: null } });

/** Notes for whom alone a message is that an answer made at once. */
async function present(
  world: World,
  token: string,
  call: Call,
  interactionId: string,
  data: Json,
): Promise<void> {
  const made = await world.twin.prisma.interactionResponse.findUnique({ where: { interactionId } });
  if (made?.messageId) await noteMessage(world, token, { ...data, id: made.messageId }, call);
}

async function noteMessage(world: World, token: string, message: Json, call: Call): Promise<Json> {
  const id = String(message.id);
  const person = world.interactions.get(token)?.person;
  if (isEphemeral(message) && person !== undefined) world.ephemerals.set(id, person);
  notePings(world, id, jsonOf(jsonOf(call.body).data ?? call.body));
  return keepUploads(world, message, call.uploads);
}

/** A further message; the first one after a deferred reply takes its place, and is seen by whom that would have been. */
export const followUp: Play = async (call, world, next) => {
  const token = partOf(call.path, 2);
  const body = jsonOf(call.body);
  const wrong = invalidBody(messageFindings(body, call.uploads.length));
  if (wrong) return wrong;
  const answer = await next({ ...body, flags: Number(body.flags ?? 0) | takeDeferredFlags(world, token) });
  if (!succeeded(answer)) return tokenFault(answer);
  return ok(await noteMessage(world, token, jsonOf(answer.body), call));
};

function takeDeferredFlags({ interactions }: World, token: string): number {
  const known = interactions.get(token);
  const flags = known?.deferredFlags ?? 0;
  if (known) known.deferredFlags = undefined;
  return flags;
}

/** Fills a deferred reply, or changes what was answered. */
export const editOriginal: Play = async (call, world, next) => {
  const token = partOf(call.path, 2);
  const body = jsonOf(call.body);
  const wrong = invalidBody(messageFindings(body, call.uploads.length));
  if (wrong) return wrong;
  const flags = takeDeferredFlags(world, token);
  const answer = await next(flags === 0 ? body : { ...body, flags: Number(body.flags ?? 0) | flags });
  if (!succeeded(answer)) return tokenFault(answer);
  return ok(await noteMessage(world, token, jsonOf(answer.body), call));
};

/** An unknown token of an interaction is, for these routes, a webhook's. */
const tokenFault = (answer: Answer): Answer =>
  isJson(answer.body) && answer.body.code === 10062 ? refused(401, 50027, 'Invalid Webhook Token') : answer;

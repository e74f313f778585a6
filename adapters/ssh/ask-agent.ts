import { once } from 'node:events';
import { connect } from 'node:net';
import { readSsh, sshString } from './ssh-reader.ts';

/** draft-miller-ssh-agent §5.1 and §4.5.1. */
const message = { identities: 11, identitiesAnswer: 12, sign: 13, signResponse: 14 } as const;
const rsaSha512 = 4;
const longestAnswer = 256 * 1024;
const answerMs = 5_000;

/** The public keys and certificates of an SSH agent, as blobs. Rejects with an Error when it does not answer. */
export async function agentIdentities(socket: string): Promise<readonly Buffer[]> {
  const answer = await askAgent(socket, Buffer.from([message.identities]));
  if (answer[0] !== message.identitiesAnswer) throw new Error('the agent does not tell its keys');
  const reader = readSsh(answer, 1);
  return Array.from({ length: Math.min(reader.uint32(), 1_000) }, () => {
    const blob = reader.bytes();
    reader.bytes(); // its comment
    return blob;
  });
}

/** A signature (an SSH blob) by one of the agent's keys; RSA signs with SHA-512. Rejects when it refuses. */
export async function signByAgent(socket: string, identity: Buffer, data: Buffer): Promise<Buffer> {
  const flags = Buffer.from([0, 0, 0, rsaSha512]);
  const request = Buffer.concat([Buffer.from([message.sign]), sshString(identity), sshString(data), flags]);
  const answer = await askAgent(socket, request);
  if (answer[0] !== message.signResponse) throw new Error('the agent does not sign');
  return readSsh(answer, 1).bytes();
}

async function askAgent(path: string, request: Buffer): Promise<Buffer> {
  const socket = connect(path);
  try {
    socket.setTimeout(answerMs, () => socket.destroy(new Error('the agent does not answer')));
    await once(socket, 'connect');
    socket.write(sshString(request));
    let held: Buffer = Buffer.alloc(0);
    for await (const chunk of socket) {
      held = Buffer.concat([held, chunk as Buffer]);
      if (held.length > longestAnswer) break;
      if (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) return readSsh(held).bytes();
    }
    throw new Error('the agent does not answer');
  } finally {
    socket.destroy();
  }
}

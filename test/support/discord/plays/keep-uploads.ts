import type { Json, Upload, World } from '../world.ts';

let files = 0;

/** The server takes no files: they are kept here, and hung on the message that it made. */
export async function keepUploads(
  { twin, uploads: kept }: World,
  message: Json,
  uploads: readonly Upload[],
): Promise<Json> {
  if (uploads.length === 0) return message;
  const attachments = uploads.map((upload) => {
    const id = String(++files);
    kept.set(id, upload);
    const url = `https://cdn.discordapp.test/attachments/${id}/${encodeURIComponent(upload.name)}`;
    return { id, filename: upload.name, size: Buffer.byteLength(upload.text), url, proxy_url: url };
  });
  await twin.prisma.message.update({
    where: { id: String(message.id) },
    data: { attachments: JSON.stringify(attachments) },
  });
  return { ...message, attachments };
}

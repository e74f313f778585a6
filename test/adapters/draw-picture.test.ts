import { expect, it } from 'vitest';
import { drawPicture } from '#adapters/resvg/draw-picture.ts';

const picture = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">${inside}</svg>`;
const draw = async (inside: string) => Buffer.from(await drawPicture(picture(inside)), 'base64');

it('makes a PNG twice as large', async () => {
  const png = await draw('<rect width="40" height="20" fill="#0a7"/>');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([80, 40]);
});

it('has letters of its own, also where none are installed', async () => {
  const [one, other, none] = await Promise.all(
    ['<text y="15">Ж</text>', '<text y="15">M</text>', '<text y="15"> </text>'].map(draw),
  );
  expect(one).not.toEqual(none);
  expect(one).not.toEqual(other);
});

it('reads no file that a picture names', async () => {
  const named = await draw(`<image href="file://${import.meta.filename}" width="9" height="9"/>`);
  expect(named).toEqual(await draw(''));
});

it('says what is wrong with a picture that is none', async () => {
  await expect(drawPicture('<svg')).rejects.toThrow(/SVG/);
});

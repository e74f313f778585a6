import { createRequire } from 'node:module';
import type { DrawPicture } from '#ports/draw-picture.ts';

const require = createRequire(import.meta.url);
/** The same letters on every machine, whatever is installed there. */
const fontFiles = () =>
  ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));

/** Draws beside the event loop. The library is loaded with the first picture. */
export const drawPicture: DrawPicture = async (svg) => {
  const { renderAsync } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'DejaVu Sans' };
  const image = await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: 2 } });
  return image.asPng().toString('base64');
};

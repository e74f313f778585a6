/**
 * An SVG of ours as a PNG in Base64, twice as wide as it says, for screens that show so much. Takes fonts that come with
 * Recourse and nothing from elsewhere: no file, no address. Throws where the machine cannot draw.
 */
export type DrawPicture = (svg: string) => Promise<string>;

// Contrast of every token pair that the style sheets use, in both themes and with more contrast asked for. WCAG 2.2 AA:
// 4.5:1 for text, 3:1 for the parts of a control. `node scripts/check-contrast.mjs` prints the table; exit 1 when a pair falls short.
import { readFileSync } from "node:fs";

const read = (name) => readFileSync(new URL(`../style/${name}.css`, import.meta.url), "utf8").replace(/\/\*[^]*?\*\//g, "");
const colours = (block) => Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/g)].map((m) => [m[1], m[2]]));
const blocks = (name) => read(name).split(":root").slice(1).map(colours);
const [light, dark, more, moreDark] = blocks("tokens");
const [deskLight, deskDark] = blocks("tokens-desk");
Object.assign(light, deskLight);
Object.assign(dark, deskDark);
const themes = { light, dark: { ...light, ...dark }, "light, more contrast": { ...light, ...more }, "dark, more contrast": { ...light, ...dark, ...more, ...moreDark } };

const TEXT = 4.5, PART = 3;
const pairs = [
  ...["paper", "card", "wash", "late-wash", "warn-wash"].map((ground) => ["ink", ground, TEXT]),
  ...["paper", "card", "wash"].flatMap((ground) => [["soft", ground, TEXT], ["main", ground, TEXT]]),
  ["on-main", "main", TEXT],
  ...["paper", "card", "late-wash"].map((ground) => ["late", ground, TEXT]), ["on-late", "late", TEXT],
  ...["card", "paper", "warn-wash"].map((ground) => ["warn", ground, TEXT]),
  ["ink", "note", TEXT], ["soft", "note", TEXT], ["note-ink", "note", TEXT], ["note-line", "note", PART], ["note-line", "paper", PART], ["main", "note", PART],
  ["paper", "ink", TEXT], ["card", "ink", TEXT],
  ...["paper", "card", "wash"].map((ground) => ["edge", ground, PART]), ["main", "track", PART], ["main", "late-wash", PART],
];

const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const luminance = (hex) => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((i) => channel(parseInt(full.slice(i, i + 2), 16)));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

let short = 0;
for (const [theme, tokens] of Object.entries(themes)) {
  console.log(theme);
  for (const [front, ground, least] of pairs) {
    const ratio = contrast(tokens[front], tokens[ground]);
    const ok = ratio >= least;
    short += ok ? 0 : 1;
    console.log(`  ${ok ? "ok   " : "SHORT"} ${ratio.toFixed(2).padStart(5)} (${least})  ${front} on ${ground}`);
  }
}
process.exitCode = short ? 1 : 0;

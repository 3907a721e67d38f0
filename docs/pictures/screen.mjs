// What a terminal shows of what was printed, as HTML: text, colours, pictures by iTerm2's protocol.

const SCHEMES = {
  light: { back: "#ffffff", front: "#1f2328", faint: "#6e7781", colors: ["#24292f", "#cf222e", "#116329", "#8a5a00", "#0550ae", "#8250df", "#1b7c83", "#6e7781"] },
  dark: { back: "#0d1117", front: "#e6edf3", faint: "#8b949e", colors: ["#484f58", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#b1bac4"] },
};

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.codePointAt(0)};`);

/** Applies the parameters of SGR to a style. */
const styled = (style, parameters) => {
  const codes = parameters === "" ? [0] : parameters.split(/[;:]/).map(Number);
  let next = { ...style };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.faint = true;
    else if (code === 22) next = { ...next, bold: false, faint: false };
    else if (code === 39) next.front = undefined;
    else if (code === 49) next.back = undefined;
    else if ((code === 38 || code === 48) && codes[at + 1] === 2) {
      next[code === 38 ? "front" : "back"] = `rgb(${codes.slice(at + 2, at + 5)})`;
      at += 4;
    } else if (code >= 30 && code <= 37) next.front = code - 30;
    else if (code >= 90 && code <= 97) next.front = code - 90;
  }
  return next;
};

/** The cells that printed text fills, and the pictures over them. */
const cells = (printed) => {
  const [rows, pictures] = [[], []];
  let [x, y, style, saved] = [0, 0, {}, [0, 0]];
  const tokens = /\x1b\[([0-9;:?]*)([A-Za-z])|\x1b\]1337;File=([^:]*):([^\x07]*)\x07|\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b([78])|([\s\S])/gu;
  for (const [, parameters, final, options, data, cursor, sign] of printed.matchAll(tokens)) {
    if (final === "m") style = styled(style, parameters);
    else if (final === "A") y -= Number(parameters || 1);
    else if (final === "C") x += Number(parameters || 1);
    else if (data) pictures.push({ x, y, data, columns: /width=(\d+)/.exec(options)[1], rows: /height=(\d+)/.exec(options)[1] });
    else if (cursor === "7") saved = [x, y];
    else if (cursor === "8") [x, y] = saved;
    else if (sign === "\n") [x, y] = [0, y + 1];
    else if (sign === "\r") x = 0;
    else if (sign) {
      (rows[y] ??= [])[x] = { sign, style };
      x += 1;
    }
  }
  return { rows, pictures };
};

export const terminal = (printed, columns, scheme) => {
  const { back, front, faint, colors } = SCHEMES[scheme];
  const { rows, pictures } = cells(printed);
  const color = (value, style) => (typeof value === "number" ? colors[value] : (value ?? (style.faint ? faint : front)));
  const [w, h] = [9, 19];
  const cell = ({ sign, style }, x, y) => {
    const box = `left:${x * w}px;top:${y * h}px;width:${w}px;height:${h}px`;
    const under = style.back ? `<i style="${box};background:${style.back}"></i>` : "";
    if (sign === "▀") return `${under}<i style="left:${x * w}px;top:${y * h}px;width:${w}px;height:${h / 2}px;background:${style.front}"></i>`;
    if (sign === " ") return under;
    return `${under}<b style="${box};color:${color(style.front, style)};font-weight:${style.bold ? 700 : 400}">${escape(sign)}</b>`;
  };
  const signs = rows.flatMap((row, y) => (row ?? []).map((c, x) => (c ? cell(c, x, y) : "")));
  const shown = pictures.map(({ x, y, data, columns, rows }) =>
    `<img style="left:${x * w}px;top:${y * h}px;width:${columns * w}px;height:${rows * h}px" src="data:image/jpeg;base64,${data}">`);
  return `<!DOCTYPE html><style>
    body { margin: 0; background: transparent }
    #window { background: ${back}; border: 1px solid ${scheme === "dark" ? "#30363d" : "#d0d7de"}; border-radius: 8px; padding: 16px 18px; width: ${columns * w}px }
    #screen { position: relative; height: ${rows.length * h}px; font: 15px/19px "DejaVu Sans Mono", monospace }
    i, b, img { position: absolute; white-space: pre } img { object-fit: contain; object-position: left top }
  </style><div id="window"><div id="screen">${signs.join("")}${shown.join("")}</div></div>`;
};

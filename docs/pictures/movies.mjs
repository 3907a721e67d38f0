// Movies that nobody has made, and posters drawn for them: SVG of 300 × 450.

const sky = (id, ...colors) =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${colors
    .map((color, at) => `<stop offset="${at / (colors.length - 1)}" stop-color="${color}"/>`)
    .join("")}</linearGradient>`;

const name = (lines, y, fill, size = 34, font = "DejaVu Serif", style = "") =>
  lines
    .map(
      (line, at) =>
        `<text x="150" y="${y + at * size * 1.12}" fill="${fill}" font-family="${font}" font-size="${size}" ` +
        `font-weight="bold" text-anchor="middle" ${style}>${line}</text>`,
    )
    .join("");

const stars = (count, fill) =>
  Array.from({ length: count }, (_, n) => {
    const [x, y] = [(n * 97 + 31) % 300, (n * 53 + 17) % 230];
    return `<circle cx="${x}" cy="${y}" r="${0.7 + (n % 3) * 0.5}" fill="${fill}"/>`;
  }).join("");

export const movies = [
  {
    id: "tt99000001", title: "The Lighthouse Reel", year: 2019, minutes: 128, rating: 8.4, raters: 412_331,
    genres: ["Drama", "Mystery"], directors: ["Mara Lindqvist"], stars: ["Iona Vale", "Tobias Renn"],
    plot: "A keeper finds a reel of film in the wall of his tower. Every night one more minute of it can be seen, and " +
      "every morning somebody in the village remembers a summer that never was.",
    poster:
      `<defs>${sky("a", "#101a3c", "#3b3a78", "#e0805a", "#f5c27a")}</defs><rect width="300" height="450" fill="url(#a)"/>` +
      stars(40, "#fff8e0") +
      `<path d="M150 178 L-40 96 L-40 176Z" fill="#fff3c4" opacity=".5"/><path d="M150 178 L340 110 L340 196Z" fill="#fff3c4" opacity=".5"/>` +
      `<path d="M132 330 L140 190 H160 L168 330Z" fill="#f6efe4"/><path d="M136.500 262 L138.700 228 H161.300 L163.500 262Z" fill="#b8373a"/>` +
      `<rect x="136" y="166" width="28" height="24" fill="#fff3c4"/><path d="M132 168 L150 146 L168 168Z" fill="#7d2226"/>` +
      `<path d="M0 356 Q70 300 150 328 T300 340 V450 H0Z" fill="#1b1836"/>` + name(["THE", "LIGHTHOUSE", "REEL"], 372, "#ffe9c2", 29),
  },
  {
    id: "tt99000002", title: "Signal at Dusk", year: 2022, minutes: 112, rating: 7.9, raters: 98_204,
    genres: ["Sci-Fi", "Thriller"], plot: "A radio amateur answers a call that she will only send tomorrow.",
    poster:
      `<defs>${sky("b", "#041b2d", "#0c5460", "#f2a65a")}</defs><rect width="300" height="450" fill="url(#b)"/>` +
      [150, 115, 82, 50].map((r) => `<circle cx="150" cy="205" r="${r}" fill="none" stroke="#ffe3b0" stroke-width="2.500" opacity="${1 - r / 190}"/>`).join("") +
      `<circle cx="150" cy="205" r="15" fill="#ffe3b0"/><path d="M150 205 L118 400 M150 205 L182 400 M137 284 H163 M129 332 H171 M123 372 H177" stroke="#03131f" stroke-width="6" fill="none"/>` +
      `<rect y="394" width="300" height="56" fill="#03131f"/>` + name(["SIGNAL", "AT DUSK"], 48, "#ffe3b0", 38, "DejaVu Sans", 'letter-spacing="4"'),
  },
  {
    id: "tt99000003", title: "Ninety Summers", year: 2016, minutes: 141, rating: 8.1, raters: 231_870,
    genres: ["Drama", "Romance"], plot: "Two neighbours, one garden fence, and every summer of the last century.",
    poster:
      `<rect width="300" height="450" fill="#f7e3c0"/><circle cx="150" cy="190" r="104" fill="#e8663d"/>` +
      [0, 1, 2, 3, 4, 5].map((n) => `<rect x="40" y="${206 + n * 16}" width="220" height="${3 + n * 1.600}" fill="#f7e3c0"/>`).join("") +
      `<path d="M0 350 Q75 318 150 346 T300 340 V450 H0Z" fill="#2d6a5d"/>` + name(["Ninety", "Summers"], 394, "#f7e3c0", 38, "DejaVu Serif", 'font-style="italic"'),
  },
  {
    id: "tt99000004", title: "The Cartographer's Daughter", year: 2011, minutes: 154, rating: 7.6, raters: 154_090,
    genres: ["Adventure"], plot: "Her father drew an island that is not there. She sails.",
    poster:
      `<rect width="300" height="450" fill="#123c4a"/>` +
      [0, 1, 2, 3, 4, 5, 6].map((n) => `<path d="M${60 - n * 9} ${190 + n * 4} Q${90 - n * 4} ${96 - n * 13} ${160 + n * 4} ${118 - n * 11} T${238 + n * 10} ${210 + n * 7} T${150} ${292 + n * 12} T${60 - n * 9} ${190 + n * 4}Z" fill="${n === 0 ? "#e9c46a" : "none"}" stroke="#8fc1b5" stroke-width="1.500" opacity="${1 - n * 0.120}"/>`).join("") +
      `<path d="M150 150 l7 40 40 7 -40 7 -7 40 -7 -40 -40 -7 40 -7Z" fill="#b5432e"/>` + name(["THE", "CARTOGRAPHER'S", "DAUGHTER"], 368, "#f4ead2", 25),
  },
  {
    id: "tt99000005", title: "Quiet Machines", year: 2024, minutes: 97, rating: 7.2, raters: 40_118,
    genres: ["Sci-Fi"], plot: "A factory that nobody works in any more begins to make gifts.",
    poster:
      `<rect width="300" height="450" fill="#e6e4df"/>` +
      [[110, 150, 62, "#c8452f"], [198, 214, 46, "#22333b"], [122, 268, 40, "#5e7f7a"]].map(([x, y, r, fill]) =>
        Array.from({ length: 12 }, (_, n) => `<rect x="${x - 8}" y="${y - r - 11}" width="16" height="20" fill="${fill}" transform="rotate(${n * 30} ${x} ${y})"/>`).join("") +
        `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/><circle cx="${x}" cy="${y}" r="${r / 2.600}" fill="#e6e4df"/>`).join("") +
      name(["QUIET", "MACHINES"], 372, "#22333b", 41, "DejaVu Sans"),
  },
  {
    id: "tt99000006", title: "Harvest Moon Motel", year: 1998, minutes: 119, rating: 7.0, raters: 61_402,
    genres: ["Comedy", "Crime"], plot: "Room 9 has been taken since 1974. Nobody has seen the guest, and the bill is due.",
    poster:
      `<defs>${sky("f", "#2b0f3a", "#6d1f4f", "#d94f4f")}</defs><rect width="300" height="450" fill="url(#f)"/><circle cx="206" cy="126" r="62" fill="#ffcf6b"/>` +
      `<rect x="24" y="276" width="252" height="78" fill="#1a0a24"/>` + [40, 92, 144, 196, 240].map((x, at) => `<rect x="${x}" y="296" width="24" height="58" fill="${at === 2 ? "#ffcf6b" : "#3a1a4a"}"/>`).join("") +
      `<rect x="52" y="120" width="7" height="158" fill="#1a0a24"/><rect x="20" y="92" width="72" height="46" rx="6" fill="#1a0a24" stroke="#ff7aa8" stroke-width="3"/>` +
      `<text x="56" y="122" fill="#ff7aa8" font-family="DejaVu Sans" font-size="20" font-weight="bold" text-anchor="middle">MOTEL</text>` +
      `<rect y="354" width="300" height="96" fill="#120618"/>` + name(["HARVEST MOON", "MOTEL"], 394, "#ffcf6b", 30),
  },
  {
    id: "tt99000007", title: "Low Tide", year: 2020, minutes: 104, rating: 6.8, raters: 22_764,
    genres: ["Drama"], plot: "Twice a day there is a road to the island. On the fourth day there is not.",
    poster:
      `<defs>${sky("g", "#dfe9ec", "#9cc0c9", "#5b8c9a")}</defs><rect width="300" height="450" fill="url(#g)"/>` +
      `<path d="M196 232 q26 -30 60 -8 q22 -4 44 10 v20 H180Z" fill="#3b5a60"/><path d="M150 450 Q120 330 210 254 L222 254 Q176 336 236 450Z" fill="#e9dcc3"/>` +
      [270, 300, 334, 372, 414].map((y, n) => `<path d="M0 ${y} q40 -${6 + n} 80 0 t80 0 t80 0 t80 0" stroke="#f4fafb" stroke-width="${1 + n * 0.600}" fill="none" opacity=".7"/>`).join("") +
      name(["low tide"], 104, "#27474e", 52, "DejaVu Serif", 'font-style="italic"'),
  },
];

/** The one that they watched last week. */
export const watched = {
  id: "tt99000009", title: "Snow on Mars", year: 2021, minutes: 109, rating: 7.4, raters: 77_310, genres: ["Sci-Fi"], poster: "",
};

export const svg = (movie) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 450" width="300" height="450">${movie.poster}</svg>`;

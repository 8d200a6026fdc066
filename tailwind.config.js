// Design tokens. Values that differ between light and dark are CSS variables declared in style/tokens.css;
// the default palette is replaced on purpose, so a class like `text-gray-500` does not exist.
const tones = ["info", "success", "warning", "danger", "violet", "teal", "pink", "accent"];

const toneColors = Object.fromEntries(
  tones.flatMap((tone) => [
    [tone, `var(--${tone})`],
    [`${tone}-soft`, `var(--${tone}-soft)`],
  ]),
);

/** @type {import('tailwindcss').Config} */
export default {
  theme: {
    colors: {
      inherit: "inherit",
      current: "currentColor",
      transparent: "transparent",
      white: "#ffffff",
      black: "#000000",
      canvas: "var(--canvas)",
      surface: "var(--surface)",
      sunken: "var(--sunken)",
      hover: "var(--hover)",
      line: "var(--line)",
      "line-strong": "var(--line-strong)",
      control: "var(--control-line)",
      ink: "var(--ink)",
      muted: "var(--muted)",
      faint: "var(--faint)",
      brand: "var(--brand)",
      "on-brand": "var(--on-brand)",
      ...toneColors,
    },
    fontFamily: {
      sans: ["var(--font)"],
      mono: ["var(--mono)"],
    },
    borderRadius: {
      none: "0",
      sm: "0.25rem",
      DEFAULT: "0.4375rem",
      lg: "0.75rem",
      xl: "1.125rem",
      full: "9999px",
    },
    boxShadow: {
      none: "none",
      xs: "var(--shadow-xs)",
      DEFAULT: "var(--shadow-sm)",
      pop: "var(--shadow-pop)",
    },
    extend: {
      fontSize: {
        "2xs": ["0.6875rem", { lineHeight: "1rem" }],
        xs: ["0.75rem", { lineHeight: "1.125rem" }],
        sm: ["0.8125rem", { lineHeight: "1.25rem" }],
        base: ["0.875rem", { lineHeight: "1.375rem" }],
        lg: ["1rem", { lineHeight: "1.5rem" }],
        xl: ["1.1875rem", { lineHeight: "1.625rem", letterSpacing: "-0.012em" }],
        "2xl": ["1.5rem", { lineHeight: "1.875rem", letterSpacing: "-0.021em" }],
        "3xl": ["1.9375rem", { lineHeight: "2.25rem", letterSpacing: "-0.026em" }],
      },
      spacing: {
        control: "var(--control)",
        gutter: "var(--gutter)",
      },
      maxWidth: {
        page: "82rem",
        prose: "38rem",
        form: "44rem",
      },
    },
  },
};

//! What every document's head needs for the design to arrive whole.

/// Icons, manifest, and the font ahead of the stylesheet that asks for it. Goes into `<head>` as it is.
pub const HEAD: &str = concat!(
    r#"<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">"#,
    r#"<meta name="color-scheme" content="light dark">"#,
    r##"<meta name="theme-color" content="#f6f5f2" media="(prefers-color-scheme: light)">"##,
    r##"<meta name="theme-color" content="#111110" media="(prefers-color-scheme: dark)">"##,
    r#"<link rel="preload" href="/fonts/inter-latin.woff2" as="font" type="font/woff2" crossorigin>"#,
    r#"<link rel="icon" href="/favicon.svg" type="image/svg+xml">"#,
    r#"<link rel="apple-touch-icon" href="/icon-192.png">"#,
    r#"<link rel="manifest" href="/manifest.webmanifest">"#,
);

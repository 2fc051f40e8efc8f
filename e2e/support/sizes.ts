// The two screens every page is tried on.

/** The size of a small phone. */
export const PHONE = { width: 320, height: 800 };
/** The size of an office screen. */
export const WIDE = { width: 1280, height: 900 };

export const themeNames = ['auto', 'dark', 'light', 'none'] as const;
/** `auto`: as the terminal says; `none`: no colours and no styles. */
export type ThemeName = (typeof themeNames)[number];

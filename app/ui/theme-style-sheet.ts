/** Address of the theme's variables; the version changes when `theme.ts` does (a test holds it). */
export const themeStyleSheet = '/theme.css';

import type { ThemeConfig } from 'antd';

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif';

/**
 * The look: dense, calm, contrast of at least 4.5 for every text. Styles come from the component library's static
 * style sheet; `key` names the variables served by `/theme.css`.
 */
export const theme: ThemeConfig = {
  zeroRuntime: true,
  hashed: false,
  cssVar: { key: 'meridian' },
  token: {
    motion: false,
    fontFamily: systemFonts,
    fontSize: 14,
    borderRadius: 4,
    colorPrimary: '#0b5cad',
    colorLink: '#0b5cad',
    colorInfo: '#0b5cad',
    colorSuccess: '#1a7f37',
    colorWarning: '#9a5b00',
    colorError: '#c5221f',
    colorText: '#1b2430',
    colorTextSecondary: '#4a5565',
    colorTextTertiary: '#5a6575',
    colorTextDescription: '#5a6575',
    colorTextPlaceholder: '#667085',
    colorTextDisabled: '#667085',
    colorBgLayout: '#f3f5f8',
    colorBorder: '#8a94a6',
    colorBorderSecondary: '#dde2ea',
  },
  components: { Table: { cellPaddingBlockSM: 5, headerBg: '#eef2f7' }, Form: { itemMarginBottom: 14 } },
};

/**
 * Whether a browser window can be shown. On Linux that needs an X or a Wayland display; elsewhere a desktop is taken for
 * granted.
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform }} [machine]
 */
export function hasDisplay({ env = process.env, platform = process.platform } = {}) {
  return (
    platform === "darwin" ||
    platform === "win32" ||
    Boolean(env.DISPLAY) ||
    Boolean(env.WAYLAND_DISPLAY)
  );
}

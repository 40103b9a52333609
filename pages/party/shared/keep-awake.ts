/** Keeps the display on while a player drives. Only pages loaded over https (or from this computer) may. */

export function keepAwake(): void {
  const ask = (): void => {
    // Refused when the battery is low; then the display goes dark, and that is all.
    if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  // The browser lets go of it whenever the page is hidden.
  document.addEventListener('visibilitychange', ask);
  ask();
}

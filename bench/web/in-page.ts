/** What runs inside the page. Text, because it is no part of this program. */

/**
 * Waits until the board fills the window, or is there to its end, and has been painted: the second frame after that. Times
 * are milliseconds since the navigation began.
 */
export const BOARD_VISIBLE = `
  window.boardVisible = new Promise((visible) => {
    const filled = () => {
      const rows = document.querySelectorAll('[data-row-link]');
      const last = rows[rows.length - 1];
      return last !== undefined && last.getBoundingClientRect().bottom >= innerHeight;
    };
    const look = () =>
      filled()
        ? requestAnimationFrame(() => requestAnimationFrame(() => visible(performance.now())))
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });`;

/** The bytes of script that came over the line by now, as they came. */
export const SCRIPT_BYTES = `
  performance.getEntriesByType('resource')
    .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

/** From now on keeps the time between two frames, and the browser's own long ones. */
export const WATCH_FRAMES = `
  window.frames_ = { gaps: [], long: [], on: true };
  (() => {
    const { gaps, long } = window.frames_;
    let last = performance.now();
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      if (window.frames_.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(frame);
    });
    const kind = PerformanceObserver.supportedEntryTypes.includes('long-animation-frame') ? 'long-animation-frame' : 'longtask';
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    }).observe({ type: kind, buffered: false });
  })()`;

export const FRAMES = `(() => {
  window.frames_.on = false;
  const { gaps, long } = window.frames_;
  return { gaps, long };
})()`;

/** As high as the board and with nothing in it but words: what scrolling costs by itself on this machine. */
export const plainPage = (height: number): string => `
  document.body.innerHTML = '';
  for (let top = 0; top < ${height}; top += 80) {
    const line = document.body.appendChild(document.createElement('p'));
    line.style.cssText = 'height:80px;margin:0';
    line.textContent = 'A line of text at ' + top;
  }
  scrollTo(0, 0);`;

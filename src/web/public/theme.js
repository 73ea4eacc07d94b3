// Before the first paint, and without a line of script in the page itself: what somebody chose rather than the system's.
(() => {
  try {
    const theme = localStorage.getItem('tidemark.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // A browser may forbid storage; the page then follows the system.
  }
})();

// On a shared device a session ends with its tab: the page says that it is open, and that it closes. One that goes to another
// page of the desk closes too, and the page that comes says that the tab is open. Which of the two was later only the tab knows.
import type { TabState } from '#rooms/people/session.ts'

function tell(is: TabState) {
  const at = String(Math.round(performance.timeOrigin + performance.now()))
  // A beacon is sent also while the tab goes away.
  navigator.sendBeacon('/desk/tab', new URLSearchParams({ is, at }))
}

if (document.querySelector('[data-shared-device]')) {
  addEventListener('pageshow', () => tell('open'))
  addEventListener('pagehide', () => tell('closed'))
}

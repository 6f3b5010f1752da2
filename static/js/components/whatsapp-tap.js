// Lets the seller know how often their listing led to WhatsApp: the figure alone, without who it was.
export class WhatsappTap {
  static selector = "[data-component='whatsapp-tap']"

  constructor(link) {
    link.addEventListener("click", () => tell(link))
    // The middle button opens a tab of its own and makes no click.
    link.addEventListener("auxclick", (event) => event.button === 1 && tell(link))
  }
}

function tell(link) {
  // Outlives the page that is left with this very tap.
  navigator.sendBeacon(link.dataset.counts)
}

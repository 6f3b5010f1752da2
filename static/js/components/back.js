// Goes back to the page one came from when that was ours; otherwise the link leads a step up.
export class Back {
  static selector = "[data-component='back']"

  constructor(link) {
    link.addEventListener("click", (event) => {
      if (!document.referrer.startsWith(`${location.origin}/`) || history.length < 2) return
      event.preventDefault()
      history.back()
    })
  }
}

// Runs before the first paint, only when the person has not chosen a theme: follow the system.
;(() => {
  const root = document.documentElement
  if (root.dataset.theme !== 'system') return
  const query = matchMedia('(prefers-color-scheme: light)')
  const apply = () => {
    root.dataset.theme = query.matches ? 'light' : 'dark'
  }
  apply()
  query.addEventListener('change', apply)
})()

// Node 20 lacks Promise.withResolvers, which node-av needs (without it some streams end silently after 0 frames).
// Preloaded in every process that runs our TypeScript.
Promise.withResolvers ??= function withResolvers() {
  let resolve
  let reject
  const promise = new this((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

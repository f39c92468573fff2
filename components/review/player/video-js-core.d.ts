/** The build of video.js without its streaming engine: our sources are plain files. It has no types of its own. */
declare module 'video.js/core.es.js' {
  import videojs from 'video.js'

  // biome-ignore lint/style/noDefaultExport: this is how video.js exports itself
  export default videojs
}

interface Window {
  /** Tells video.js not to write style elements, which the content security policy forbids. */
  VIDEOJS_NO_DYNAMIC_STYLE?: boolean
}

/**
 * What this process is willing to parse. Everything else is refused before a decoder sees it: most holes of FFmpeg were
 * in formats nobody sends us. Playlist and network formats (hls, concat, dash, image2 …) are absent on purpose.
 */
export const DEMUXERS = { mov: 'mov', matroska: 'matroska', avi: 'avi', mpegts: 'mpegts' }

export const VIDEO_CODECS = new Set([
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'av1',
  'mpeg4',
  'msmpeg4v1',
  'msmpeg4v2',
  'msmpeg4v3',
  'mpeg1video',
  'mpeg2video',
  'h263',
  'mjpeg',
  'cinepak',
  'prores',
  'dnxhd',
  'theora',
  'rawvideo',
  'wmv1',
  'wmv2',
])

const VIDEO_DECODERS = [
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'libdav1d',
  'av1',
  'mpeg4',
  'msmpeg4',
  'msmpeg4v1',
  'msmpeg4v2',
  'mpeg1video',
  'mpeg2video',
  'mpegvideo',
  'h263',
  'mjpeg',
  'cinepak',
  'prores',
  'dnxhd',
  'theora',
  'rawvideo',
  'wmv1',
  'wmv2',
]

const AUDIO_DECODERS = [
  'aac',
  'mp3float',
  'mp3',
  'mp2float',
  'mp2',
  'opus',
  'vorbis',
  'flac',
  'ac3',
  'eac3',
  'alac',
  'pcm_s16le',
  'pcm_s16be',
  'pcm_s24le',
  'pcm_s32le',
  'pcm_f32le',
  'pcm_u8',
  'pcm_mulaw',
  'pcm_alaw',
  'adpcm_ima_wav',
  'adpcm_ms',
]

/** For libavformat's and libavcodec's own `codec_whitelist`, which also holds while stream parameters are being guessed. */
export const DECODER_WHITELIST = [...VIDEO_DECODERS, ...AUDIO_DECODERS].join(',')

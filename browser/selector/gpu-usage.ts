/** What a GPU buffer is for (WebGPU, GPUBufferUsage): the numbers of the standard, for which TypeScript has no names. */
export const GPU_USAGE = { copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const
/** What a GPU texture is for (GPUTextureUsage). */
export const GPU_TEXTURE_USAGE = { copyTarget: 0x2, textureBinding: 0x4, renderAttachment: 0x10 } as const

/** What a GPU buffer is for (WebGPU, GPUBufferUsage): the numbers of the standard, for which TypeScript has no names. */
export const GPU_USAGE = { copySource: 0x4, copyTarget: 0x8, storage: 0x80 } as const

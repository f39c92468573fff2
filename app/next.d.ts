// What Next's own next-env.d.ts says, without its references into a build folder that may not exist or be stale.
/// <reference types="next" />
/// <reference types="next/image-types/global" />

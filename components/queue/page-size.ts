/** Rows the samples list asks for at once; the server component and the list must agree on it. */
export const PAGE_SIZE = 100

/** So many entries fill the popup: a list draws them at once, and the others later. */
export const FIRST_ROWS = 9;

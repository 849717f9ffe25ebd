/** The word that stands for a change by hand among the events of a timeline (see `TimelineChunk`). */
export const EDIT_WORD = 0xffff;

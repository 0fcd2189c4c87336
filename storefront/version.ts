/** Semantic; raised with every change of what is built, because a version that is out never changes. */
export const COMPONENT_VERSION = '1.0.0';

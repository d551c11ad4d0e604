/** The servers of the run end with it. */
export default async function end() {
  const { endShared } = await import('./servers-of-run.ts');
  await endShared();
}

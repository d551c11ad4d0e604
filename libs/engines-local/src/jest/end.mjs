export default async function end() {
  const { endShared } = await import('./shared.ts');
  await endShared();
}

// Choices of a test that wait on this device until the server has them, in the browser's
// database "answers". The pages of a test write there; the sign-out asks what is left.
// Several pages of scripts read it by this one name: `waiting`.

const owner = document.querySelector('meta[name="owner"]')?.content;
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = request.oncomplete = () => resolve(request.result);
    request.onerror = request.onabort = () => reject(request.error);
  });
// Null where there is no database; then whoever writes keeps it on the page.
const opened = (async () => {
  if (!owner) return null; // on a shared computer nothing stays
  try {
    const asked = indexedDB.open("answers", 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore("waiting", { keyPath: "number", autoIncrement: true });
    return await done(asked);
  } catch {
    return null;
  }
})();
// What the store answers once it is on the disk, else false.
const stored = async (act) => {
  try {
    const all = (await opened).transaction("waiting", "readwrite", { durability: "strict" });
    const result = act(all.objectStore("waiting"));
    await done(all);
    return result?.result ?? true;
  } catch {
    return false;
  }
};
const everybodys = async () => (await stored((store) => store.getAll())) || [];

globalThis.waiting = { owner, stored, everybodys };

import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * What somebody is writing, kept in this tab until it is sent: a reload, a way to another page and back lose nothing. No
 * secret is written here. Where the browser keeps nothing, it lives as long as the page.
 */
export function useDraft<Value>(
  name: string,
  initial: Value,
): [Value, (change: Value | ((before: Value) => Value)) => void, () => void] {
  const key = `tidemark.draft.${name}`;
  const [value, setValue] = useState<Value>(() => (readDraft(key) as Value | null) ?? initial);
  const gone = useRef(false);
  useEffect(() => {
    if (gone.current) return;
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Forgetting is better than failing.
    }
  }, [key, value]);
  const put = useCallback((change: Value | ((before: Value) => Value)) => {
    gone.current = false;
    setValue(change);
  }, []);
  const forget = useCallback(() => {
    gone.current = true;
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
  }, [key]);
  return [value, put, forget];
}

/** Written by the function above; null when there is nothing. */
function readDraft(key: string): unknown {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

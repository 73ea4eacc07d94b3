import { Link } from '@tanstack/react-router';

/** Parts of one page side by side; which one is open stands in the address. */
export function SearchTabs<Name extends string>(props: {
  label: string;
  connection: string;
  open: Name;
  tabs: readonly { name: Name; label: string }[];
}) {
  const { connection, label, open, tabs } = props;
  return (
    <nav aria-label={label} className="tabs mb-5">
      {tabs.map(({ name, label: text }, index) => (
        <Link
          key={name}
          to="/connections/$key"
          params={{ key: connection }}
          search={index === 0 ? {} : { tab: name }}
          aria-current={name === open ? 'page' : undefined}
          // Where it leads stands in the query alone: the router would call all of them the present page.
          activeProps={{ 'aria-current': undefined }}
          activeOptions={{ exact: true }}
          className="tab"
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

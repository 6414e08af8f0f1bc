// Starts GraphiQL on this address. A session needs its CSRF token as a header; a program's token goes into "Headers".
const csrfToken = document.querySelector('meta[name="csrf-token"]').content;

const fetcher = GraphiQL.createFetcher({
  url: window.location.pathname,
  headers: csrfToken ? { "X-CSRF-Token": csrfToken } : {},
});

const defaultQuery = `# The desk's API. Everything it has is in the documentation, on the left.
{
  viewer {
    name
    permissions
  }
  serviceTypes {
    code
    label(language: FA)
    modes
  }
}
`;

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, { fetcher, defaultQuery, shouldPersistHeaders: false }),
);

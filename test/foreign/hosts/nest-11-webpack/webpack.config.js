// Everything in one file. Packages that Nest looks for and that this host does not have stay outside, as do the
// types and maps that terminus drags in with a computed require.
function isMissing(name) {
  if (!/^[@a-z]/.test(name)) return false;
  try {
    require.resolve(name);
    return false;
  } catch ({ code }) {
    return code === 'MODULE_NOT_FOUND';
  }
}

module.exports = (options, webpack) => ({
  ...options,
  externals: ({ request }, done) => (isMissing(request) ? done(null, `commonjs ${request}`) : done()),
  plugins: [...options.plugins, new webpack.IgnorePlugin({ resourceRegExp: /\.(d\.ts|d|map)$/ })],
});

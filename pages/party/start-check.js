// Says in the page itself that its scripts did not run. Plain and old, for browsers that know nothing newer.
(function (page) {
  addEventListener('load', function () {
    if (page.getAttribute('data-started') === null) document.getElementById('not-started').hidden = false;
  });
})(document.documentElement);

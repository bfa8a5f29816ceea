/**
 * The page's own script, served as a file because the page's CSP allows no inline script. It asks for the lights every second and
 * a half and loads a pixel over HTTPS: the phone's own verdict on the certificate. Old phones open this page, hence old syntax.
 */
export const SCRIPT = `(function () {
  'use strict';
  var list = document.getElementById('lights');
  var advice = document.getElementById('advice');
  if (!list) return;
  var busy = false;
  function show(answer) {
    answer.lights.forEach(function (light) {
      var item = document.getElementById('light-' + light.id);
      if (!item) return;
      item.className = 'light ' + light.state;
      item.querySelector('.text').textContent = light.text;
      item.querySelector('.mark').textContent = light.state === 'on' ? '✓' : light.state === 'problem' ? '✗' : light.state === 'waiting' ? '…' : '○';
    });
    advice.textContent = answer.advice || '';
    advice.hidden = !answer.advice;
  }
  function ask() {
    if (busy) return;
    busy = true;
    var request = new XMLHttpRequest();
    request.open('GET', '/status.json?lang=' + encodeURIComponent(document.documentElement.lang));
    request.timeout = 5000;
    request.onloadend = function () {
      busy = false;
      if (request.status === 200) show(JSON.parse(request.responseText));
    };
    request.send();
  }
  function probe() {
    new Image().src = list.getAttribute('data-probe') + '?' + Date.now();
  }
  ask();
  probe();
  setInterval(ask, 1500);
  setInterval(probe, 5000);
})();
`;
